import { Link } from 'react-router';
import { ProblemPane } from '../../design/states';
import { useWecom } from '../../platform/wecom-context';
import { ContactBones } from './contact-bones';
import { ContactScreen } from './contact-screen';
import { useCurrentContact } from './current-contact';

/** The side column of a single chat: follows whoever the chat is with. */
export function ChatPage({ firstContact }: { firstContact: Promise<string> | null }) {
  const wecom = useWecom();
  const { externalUserId, error, tries, retry, moveTo } = useCurrentContact(wecom, firstContact);
  if (externalUserId) {
    // The key drops words and marks of the person before: they must never go to the next.
    return <ContactScreen key={externalUserId} externalUserId={externalUserId} place="CHAT" onMoved={moveTo} />;
  }
  if (!error) {
    return (
      <main className="contact">
        <ContactBones />
      </main>
    );
  }
  return (
    <main className="contact">
      <ProblemPane
        error={error}
        onRetry={retry}
        tries={tries}
        action={
          <Link className="btn btn-calm" to="/today">
            先看今天的任务
          </Link>
        }
      />
    </main>
  );
}

import { useNavigate, useParams } from 'react-router';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { ContactScreen } from './contact-screen';

/** A customer opened from the workbench, where there is no chat to send into. */
export function ContactPage() {
  const { externalUserId = '' } = useParams();
  const navigate = useNavigate();
  return (
    <ContactScreen
      key={externalUserId}
      externalUserId={externalUserId}
      place="WORKBENCH"
      top={
        <div className="back-bar">
          <Button look="icon" aria-label="返回" onClick={() => navigate(-1)} data-testid="back">
            <Icon name="back" />
          </Button>
          <span className="weak">客户</span>
        </div>
      }
    />
  );
}

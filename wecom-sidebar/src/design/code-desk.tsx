import { ApiError } from '@shuke/shared/api';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type DeskKind, elsewhereText, foreignText } from '../data/shown-code';
import { useWecom } from '../platform/wecom-context';
import { Button } from './button';
import { Icon } from './icon';
import { problemText } from './states';

interface Props<T> {
  /** What this desk takes. */
  own: DeskKind;
  /** What the guide types or scans, such as 券码. */
  label: string;
  hint: string;
  /** Reads the code out of what was typed or scanned; null when it cannot be one. */
  read: (text: string) => string | null;
  find: (code: string) => Promise<T>;
  /** What was found, and what may be done with it. */
  found: (view: T, code: string, restart: () => void) => ReactNode;
  /** For a code that nobody knows, where this end has something more exact to say than the server. */
  missing?: string;
  isDigits?: boolean;
  testId: string;
}

type Find<T> = UseMutationResult<T, Error, string>;

/** Why a code led nowhere; one that belongs to another desk is sent there. */
function notFoundText<T>({ own, missing }: Props<T>, find: Find<T>): string {
  const isUnknown = find.error instanceof ApiError && find.error.status === 404;
  if (!isUnknown) return problemText(find.error);
  return elsewhereText(find.variables ?? '', own) ?? missing ?? problemText(find.error);
}

function Entry<T>({ props, find }: { props: Props<T>; find: Find<T> }) {
  const wecom = useWecom();
  const [text, setText] = useState('');
  const [foreign, setForeign] = useState<string | null>(null);
  const take = (shown: string) => {
    if (find.isPending) return;
    const code = props.read(shown);
    setForeign(code === null ? foreignText(shown, props.own) : null);
    if (code === null) find.reset();
    else find.mutate(code);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') take(text);
  };
  const scan = async () => {
    try {
      const shown = await wecom.scanCode();
      if (shown === null) return;
      setText(props.read(shown) ?? '');
      take(shown);
    } catch (error) {
      find.reset();
      setForeign(problemText(error));
    }
  };
  const problem = foreign ?? (find.isError ? notFoundText(props, find) : null);
  return (
    <form className="card code-desk" onSubmit={submit}>
      <div className="row g8">
        <input
          className="field num grow"
          autoComplete="off"
          autoCapitalize="characters"
          inputMode={props.isDigits ? 'numeric' : 'text'}
          placeholder={props.label}
          aria-label={props.label}
          aria-invalid={problem !== null}
          maxLength={400}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setForeign(null);
          }}
          data-testid={`${props.testId}-code`}
        />
        {wecom.isInside ? (
          <Button look="icon" aria-label="扫码" onClick={() => void scan()} data-testid={`${props.testId}-scan`}>
            <Icon name="scan" />
          </Button>
        ) : null}
        <Button
          look="main"
          type="submit"
          isBusy={find.isPending}
          disabled={text.trim() === ''}
          data-testid={`${props.testId}-find`}
        >
          查
        </Button>
      </div>
      <p className="weak">{props.hint}</p>
      {problem !== null ? (
        <p className="problem-line" role="alert" data-testid={`${props.testId}-problem`}>
          {problem}
        </p>
      ) : null}
    </form>
  );
}

/** Look up a code first; only what was found is acted on. */
export function CodeDesk<T>(props: Props<T>) {
  const find = useMutation({ mutationFn: props.find });
  if (find.data !== undefined && find.variables !== undefined)
    return <>{props.found(find.data, find.variables, find.reset)}</>;
  return <Entry props={props} find={find} />;
}

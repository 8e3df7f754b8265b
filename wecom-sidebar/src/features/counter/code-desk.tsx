import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import { useWecom } from '../../platform/wecom-context';

interface Props<T> {
  /** What the guide types or scans, such as 券码. */
  label: string;
  hint: string;
  /** Reads the code out of what was typed or scanned; null while it cannot be one. */
  read: (text: string) => string | null;
  find: (code: string) => Promise<T>;
  /** What was found, and what may be done with it. */
  found: (view: T, code: string, restart: () => void) => ReactNode;
  testId: string;
}

type Find<T> = UseMutationResult<T, Error, string>;

function Entry<T>({ props, find }: { props: Props<T>; find: Find<T> }) {
  const wecom = useWecom();
  const [text, setText] = useState('');
  const code = props.read(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code && !find.isPending) find.mutate(code);
  };
  const scan = async () => {
    try {
      const scanned = (await wecom.scanCode()) ?? '';
      const read = props.read(scanned);
      if (read) find.mutate(read);
      else if (scanned) snack(`这不是${props.label}`);
      setText(read ?? '');
    } catch (error) {
      snack(problemText(error));
    }
  };
  return (
    <form className="card code-desk" onSubmit={submit}>
      <div className="row g8">
        <input
          className="field num grow"
          autoComplete="off"
          autoCapitalize="characters"
          placeholder={props.label}
          aria-label={props.label}
          maxLength={400}
          value={text}
          onChange={(event) => setText(event.target.value)}
          data-testid={`${props.testId}-code`}
        />
        {wecom.isInside ? (
          <Button look="icon" aria-label="扫码" onClick={() => void scan()} data-testid={`${props.testId}-scan`}>
            <Icon name="scan" />
          </Button>
        ) : null}
        <Button look="main" type="submit" isBusy={find.isPending} disabled={!code} data-testid={`${props.testId}-find`}>
          查
        </Button>
      </div>
      <p className="weak">{props.hint}</p>
      {find.isError ? (
        <p className="problem-line" role="alert" data-testid={`${props.testId}-problem`}>
          {problemText(find.error)}
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

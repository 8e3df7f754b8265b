/**
 * Named places at which a fault run can kill the process. They are plain calls with no effect unless the setting
 * FAILPOINTS names them (`settle.after-commit=kill`, several separated by commas; `=throw` throws instead).
 */
const armed = new Map<string, 'kill' | 'throw'>();
const known = new Set<string>();

/** Arms failpoints from the setting's text. */
export function armFailpoints(text: string): void {
  armed.clear();
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [name = '', action = 'kill'] = part.split('=');
    armed.set(name, action === 'throw' ? 'throw' : 'kill');
  }
}

/** All failpoints that were declared by the modules loaded so far. */
export const failpointNames = (): string[] => [...known].sort();

/** Declares a failpoint once, at module level, so that fault runs can enumerate all of them. */
export function declareFailpoint(name: string): () => void {
  known.add(name);
  return () => {
    const action = armed.get(name);
    if (action === undefined) return;
    armed.delete(name);
    if (action === 'throw') throw new Error(`failpoint ${name}`);
    process.kill(process.pid, 'SIGKILL');
  };
}

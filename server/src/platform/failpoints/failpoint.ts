/**
 * Named places at which a fault run can kill the process. They are plain calls with no effect unless the setting
 * FAILPOINTS names them (`settle.after-commit=kill`, several separated by commas; `=throw` throws instead).
 */
const armed = new Map<string, 'kill' | 'throw'>();

/** Arms failpoints from the setting's text. */
export function armFailpoints(text: string): void {
  armed.clear();
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [name = '', action = 'kill'] = part.split('=');
    armed.set(name, action === 'throw' ? 'throw' : 'kill');
  }
}

/** Declares a failpoint at module level; fault runs find all of them in the sources and kill the process at each. */
export function declareFailpoint(name: string): () => void {
  return () => {
    const action = armed.get(name);
    if (action === undefined) return;
    armed.delete(name);
    if (action === 'throw') throw new Error(`failpoint ${name}`);
    process.kill(process.pid, 'SIGKILL');
  };
}

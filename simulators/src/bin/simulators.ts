import { loadWorld, startSimulators } from '../index.js';

const env = process.env;
const port = (name: string, fallback: number): number => Number(env[name] ?? fallback);

if (!env.SIM_WORLD) {
  console.error('SIM_WORLD must name the world file');
  process.exit(2);
}

const simulators = await startSimulators(
  loadWorld(env.SIM_WORLD),
  {
    pay: port('SIM_PAY_PORT', 7310),
    miniapp: port('SIM_MINIAPP_PORT', 7311),
    wecom: port('SIM_WECOM_PORT', 7312),
    desk: port('SIM_DESK_PORT', 7320),
    browser: port('SIM_BROWSER_PORT', 7321),
  },
  { appOrigin: env.APP_ORIGIN ?? 'http://127.0.0.1:7300', stateDir: env.SIM_STATE_DIR },
);
console.log(`simulators ready ${JSON.stringify(simulators.urls)}`);

const stop = () => void simulators.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

export { CounterPage } from './counter-page';

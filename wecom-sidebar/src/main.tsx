// The tokens and base rules come first, so that each feature's own rules can refine them.
import './design/tokens.css';
import './design/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { makeQueryClient } from './data/queries';
import { startAppearance } from './platform/appearance';
import { wecomClient } from './platform/wecom';

startAppearance();
createRoot(document.getElementById('root')!).render(<App wecom={wecomClient} client={makeQueryClient()} />);

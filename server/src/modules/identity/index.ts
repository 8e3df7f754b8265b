export { type ConsoleUserDraft, createConnector, createConsoleUser } from './application/create.js';
export { DIRECTORY, IdentityModule } from './identity.module.js';

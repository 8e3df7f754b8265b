export { type ConsoleUserDraft, createConnector, createConsoleUser } from './application/create.js';
export { DeskPeople } from './application/desk-people.js';
export { DIRECTORY, IdentityModule } from './identity.module.js';

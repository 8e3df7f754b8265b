export { ChatPage } from './chat-page';
export { ContactPage } from './contact-page';

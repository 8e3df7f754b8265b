import { type Attachment, attachmentBodies, cutBytes } from './attachments.js';
import type { WecomClient } from './wecom-client.js';
import { WecomError } from './wecom-error.js';

/** A welcome code lives this long from its event, and works once. */
export const WELCOME_BUDGET_MS = 20_000;
const OTHER_APP_SENDING = 41096;

export interface WelcomeInput {
  welcomeCode: string;
  /** When the event happened (its CreateTime), ms. */
  eventAtMs: number;
  text: string;
  attachments?: readonly Attachment[];
}

/** SENT · ALREADY somebody else has greeted · MISSED too late · CONSENT waits for the chat-archive consent and its own code. */
export type WelcomeOutcome = 'SENT' | 'ALREADY' | 'MISSED' | 'CONSENT';

const OUTCOMES: Readonly<Record<number, WelcomeOutcome>> = { 41050: 'MISSED', 41051: 'ALREADY', 41053: 'CONSENT' };
const BAD_MEDIA = new Set([40007, 40145]);

/** Greets a new contact (reference: wecom-miniapp 3.4). Media must be uploaded and text rendered before. */
export class Welcome {
  constructor(
    private readonly client: WecomClient,
    private readonly sleep: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** Tries until the code ends while another app is sending; drops attachments that have run out. @throws WecomError */
  async send(input: WelcomeInput): Promise<WelcomeOutcome> {
    const { clock } = this.client.tools;
    const deadline = input.eventAtMs + WELCOME_BUDGET_MS;
    let attachments = attachmentBodies(input.attachments ?? []);
    for (let attempt = 1; clock.now() < deadline; attempt += 1) {
      try {
        const text = { content: cutBytes(input.text, 4000) };
        const body = { welcome_code: input.welcomeCode, text, ...(attachments.length > 0 && { attachments }) };
        await this.client.call({ cgi: 'externalcontact/send_welcome_msg', body, priority: 'welcome' });
        return 'SENT';
      } catch (error) {
        if (!(error instanceof WecomError)) throw error;
        const outcome = OUTCOMES[error.errcode ?? 0];
        if (outcome) return outcome;
        if (BAD_MEDIA.has(error.errcode ?? 0) && attachments.length > 0) attachments = [];
        else if (error.errcode === OTHER_APP_SENDING || error.errcode === -1)
          await this.sleep(Math.min(100 * attempt, 300));
        else throw error;
      }
    }
    return 'MISSED';
  }
}

import type { SimCore } from '../core/index.js';
import type { CorpBook } from './book.js';
import type { CallbackSender } from './callback-sender.js';
import type { Limits } from './limits.js';
import type { MessageSink } from './message-sink.js';
import type { WecomKnobs } from './model.js';
import type { CorpSecrets, Tokens } from './tokens.js';

/** What routes and human actions work on: one corp, its book, its limits and its callbacks. It knows none of them. */
export interface WecomPlatform {
  core: SimCore;
  corp: CorpSecrets;
  book: CorpBook;
  knobs: WecomKnobs;
  tokens: Tokens;
  limits: Limits;
  sender: CallbackSender;
  sink: MessageSink;
  /** Known once the simulator listens. */
  origin: string;
  touch(): void;
}

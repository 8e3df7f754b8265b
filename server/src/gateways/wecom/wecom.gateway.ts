import type { Clock } from '../../platform/clock/clock.js';
import { InProcessTokenStore, type TokenStore } from '../tokens/index.js';
import { type GatewayLogger, SILENT_LOGGER } from '../transport/index.js';
import { WecomCallback } from './callback.js';
import { ContactWays } from './contact-ways.js';
import { Contacts } from './contacts.js';
import { JsSdk } from './js-sdk.js';
import { MassSend } from './mass-send.js';
import { Media } from './media.js';
import { Messages } from './messages.js';
import { Oauth } from './oauth.js';
import { InProcessRateGate, type RateGate } from './rate-gate.js';
import { Tags } from './tags.js';
import type { WecomConfig } from './wecom.config.js';
import { WecomClient } from './wecom-client.js';
import { Welcome } from './welcome.js';

/** WeCom for one self-built app. Every network method throws WecomError when it fails. */
export class WecomGateway {
  readonly jsSdk: JsSdk;
  readonly oauth: Oauth;
  readonly contacts: Contacts;
  readonly tags: Tags;
  readonly contactWays: ContactWays;
  readonly welcome: Welcome;
  readonly messages: Messages;
  readonly massSend: MassSend;
  readonly media: Media;
  readonly callback: WecomCallback;

  /** @param shared token store and rate gate; several nodes need shared ones */
  constructor(
    readonly config: WecomConfig,
    clock: Clock,
    logger: GatewayLogger = SILENT_LOGGER,
    shared: { tokens?: TokenStore; gate?: RateGate } = {},
  ) {
    const client = new WecomClient(config, {
      clock,
      logger,
      tokens: shared.tokens ?? new InProcessTokenStore(clock),
      gate: shared.gate ?? new InProcessRateGate(clock),
    });
    this.jsSdk = new JsSdk(client);
    this.oauth = new Oauth(client);
    this.contacts = new Contacts(client);
    this.tags = new Tags(client);
    this.contactWays = new ContactWays(client);
    this.welcome = new Welcome(client);
    this.messages = new Messages(client);
    this.massSend = new MassSend(client);
    this.media = new Media(client);
    this.callback = new WecomCallback(config, clock);
  }
}

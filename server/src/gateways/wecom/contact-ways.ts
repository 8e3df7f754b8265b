import type { WecomClient } from './wecom-client.js';

export interface ContactWayInput {
  /** One member gives a single code, several a shared one. */
  userIds: readonly string[];
  scene: 'miniprogram' | 'qrcode';
  /** ≤ 30 characters; comes back in the add event. */
  state?: string;
  remark?: string;
  skipVerify?: boolean;
}

/**
 * 联系我 codes (reference: wecom-miniapp 3.3). A corp has 500,000 in all and cannot list old ones, so configId must be
 * stored. All throw WecomError.
 */
export class ContactWays {
  constructor(private readonly client: WecomClient) {}

  /** @returns qrCode only for scene qrcode */
  async add(input: ContactWayInput): Promise<{ configId: string; qrCode: string | null }> {
    const body = {
      type: input.userIds.length === 1 ? 1 : 2,
      scene: input.scene === 'miniprogram' ? 1 : 2,
      ...(input.scene === 'miniprogram' && { style: 1 }),
      remark: input.remark?.slice(0, 30),
      skip_verify: input.skipVerify ?? true,
      state: stateText(input.state),
      user: input.userIds,
    };
    const answer = await this.client.call({ cgi: 'externalcontact/add_contact_way', body });
    const qrCode = typeof answer['qr_code'] === 'string' ? answer['qr_code'] : null;
    return { configId: String(answer['config_id']), qrCode };
  }

  /** Overwrites the members and the rest that is given. */
  async update(configId: string, input: Partial<Omit<ContactWayInput, 'scene'>>): Promise<void> {
    const body = {
      config_id: configId,
      remark: input.remark?.slice(0, 30),
      skip_verify: input.skipVerify,
      state: stateText(input.state),
      user: input.userIds,
    };
    await this.client.call({ cgi: 'externalcontact/update_contact_way', body });
  }

  async remove(configId: string): Promise<void> {
    await this.client.call({ cgi: 'externalcontact/del_contact_way', body: { config_id: configId } });
  }
}

/** A shortened state would attribute the contact to somebody else, so a long one is refused. */
function stateText(state: string | undefined): string | undefined {
  if (state !== undefined && [...state].length > 30) throw new RangeError('state takes 30 characters');
  return state;
}

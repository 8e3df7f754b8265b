import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callbackSignature } from '../../src/wecom/index.js';
import { CORP, corpApi, post, startTrial, type Trial } from './small-world.js';

let trial: Trial;
const human = (action: string, body: unknown) => post(`${trial.sims.urls.desk}/control/wecom/human/${action}`, body);

beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.stop());
beforeEach(() => {
  trial.receiver.received.length = 0;
  trial.receiver.status = () => 200;
  trial.sims.core.faults.clear();
});

describe('callbacks', () => {
  it('sends a signed and sealed event for a human act, and none for the same act by the API', async () => {
    await human('add-contact', { userid: 'G0001', consumer: 'lin', state: 's1' });
    const [event] = trial.receiver.received;
    expect(trial.receiver.field('ChangeType')).toEqual(['add_external_contact']);
    expect(trial.receiver.field('State')).toEqual(['s1']);
    expect(event?.receiveId).toBe(CORP);
    const query = event?.url.searchParams;
    const cipher = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(event?.body ?? '')?.[1] ?? '';
    const signature = callbackSignature('corp-token', query?.get('timestamp') ?? '', query?.get('nonce') ?? '', cipher);
    expect(query?.get('msg_signature')).toBe(signature);
    const external_userid = trial.sims.wecom.book.externalOf('lin');
    await corpApi(trial)('externalcontact/remark', { userid: 'G0001', external_userid, remark: '林女士' });
    await trial.sims.wecom.sender.idle();
    expect(trial.receiver.received).toHaveLength(1);
    await human('edit-remark', { userid: 'G0001', consumer: 'lin', remark: '林姐' });
    expect(trial.receiver.field('ChangeType')).toEqual(['add_external_contact', 'edit_external_contact']);
  });

  it('retries three times on a status other than 200 and then gives up', async () => {
    trial.receiver.status = () => 500;
    await human('add-contact', { userid: 'G0002', consumer: 'lin' });
    expect(trial.receiver.received).toHaveLength(4);
    trial.receiver.received.length = 0;
    trial.receiver.status = () => (trial.receiver.received.length === 1 ? 502 : 200);
    await human('delete-by-customer', { userid: 'G0002', consumer: 'lin' });
    expect(trial.receiver.field('ChangeType')).toEqual(['del_follow_user', 'del_follow_user']);
  });

  it.each([
    ['duplicate-callback', 2],
    ['drop-callback', 0],
  ] as const)('obeys the fault %s', async (kind, count) => {
    trial.sims.core.faults.add({ target: 'wecom', path: 'edit_external_contact', kind });
    await human('edit-remark', { userid: 'G0001', consumer: 'lin', remark: kind });
    expect(trial.receiver.received).toHaveLength(count);
  });

  it('spoils signature and receive id on demand', async () => {
    trial.sims.core.faults.add({ target: 'wecom', path: 'edit_external_contact', kind: 'bad-signature' });
    await human('edit-remark', { userid: 'G0001', consumer: 'lin', remark: 'a' });
    const query = trial.receiver.received[0]?.url.searchParams;
    const cipher = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(trial.receiver.received[0]?.body ?? '')?.[1] ?? '';
    const right = callbackSignature('corp-token', query?.get('timestamp') ?? '', query?.get('nonce') ?? '', cipher);
    expect(query?.get('msg_signature')).not.toBe(right);
    trial.sims.core.faults.add({ target: 'wecom', path: 'edit_external_contact', kind: 'foreign-merchant' });
    await human('edit-remark', { userid: 'G0001', consumer: 'lin', remark: 'b' });
    expect(trial.receiver.received[1]?.receiveId).not.toBe(CORP);
  });

  it('lets a later event overtake a reordered one', async () => {
    trial.sims.core.faults.add({ target: 'wecom', path: 'add_external_contact', kind: 'reorder-callbacks' });
    void trial.sims.wecom.human.addContact({ userid: 'G0003', consumer: 'lin' });
    await human('delete-by-guide', { userid: 'G0003', consumer: 'lin' });
    await trial.sims.wecom.sender.idle();
    expect(trial.receiver.field('ChangeType')).toEqual(['del_external_contact', 'add_external_contact']);
  });

  it('tells the deletion of a tag group once and is silent about its tags', async () => {
    const { result } = await human('create-tag', { groupName: '风格', names: ['通勤', '运动'] });
    trial.receiver.received.length = 0;
    await human('delete-tag-group', { id: (result as { group_id: string }).group_id });
    expect(trial.receiver.field('TagType')).toEqual(['tag_group']);
    expect(trial.sims.wecom.book.state.tagGroups.some((group) => group.name === '风格')).toBe(false);
  });
});

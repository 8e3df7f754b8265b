import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { Transfer } from './model.js';
import type { WecomPlatform } from './platform.js';
import type { TransferClock } from './transfer-clock.js';
import { api, type Json, list, num, page, str } from './wire.js';

const YEAR_MS = 365 * 86_400_000;

/** Hand-over of contacts, on the job (92125) and after leaving (94081), with a code per row. */
export function registerTransferRoutes(app: FastifyInstance, sim: WecomPlatform & { transfers: TransferClock }): void {
  const { book } = sim;

  const accept = (body: Json, resigned: boolean): Json => {
    const handover = str(body.handover_userid);
    const takeover = book.serving(str(body.takeover_userid)).userid;
    const leaver = book.member(handover) ?? refuse(60111);
    if (resigned) {
      if (leaver.status !== 5) refuse(40097);
      if (sim.core.clock.now() - (leaver.leftAt ?? 0) > YEAR_MS) refuse(40097, 'left more than a year ago');
    } else if (leaver.status === 5) refuse(60111);
    const externals = list(body.external_userid);
    if (externals.length === 0 || externals.length > 100) refuse(40058);
    if ([...str(body.transfer_success_msg)].length > 200) refuse(45002);
    return {
      customer: externals.map((external) => ({
        external_userid: external,
        errcode: sim.transfers.begin(leaver.userid, takeover, external, resigned, str(body.transfer_success_msg)),
      })),
    };
  };
  api(app, sim, 'POST', '/cgi-bin/externalcontact/transfer_customer', ({ body }) => accept(body, false));
  api(app, sim, 'POST', '/cgi-bin/externalcontact/resigned/transfer_customer', ({ body }) => accept(body, true));

  const result = (body: Json, resigned: boolean): Json => {
    const mine = (t: Transfer): boolean =>
      t.resigned === resigned &&
      t.handover.toLowerCase() === str(body.handover_userid).toLowerCase() &&
      t.takeover.toLowerCase() === str(body.takeover_userid).toLowerCase();
    const query = `transfer:${resigned}:${str(body.handover_userid)}:${str(body.takeover_userid)}`;
    const cut = page(book.state.transfers.filter(mine), query, str(body.cursor), 1000);
    return {
      customer: cut.rows.map((t) => ({
        external_userid: t.externalUserid,
        status: t.status,
        takeover_time: Math.floor((t.takeoverTime ?? t.dueAt) / 1000),
      })),
      next_cursor: cut.next,
    };
  };
  api(app, sim, 'POST', '/cgi-bin/externalcontact/transfer_result', ({ body }) => result(body, false));
  api(app, sim, 'POST', '/cgi-bin/externalcontact/resigned/transfer_result', ({ body }) => result(body, true));

  api(app, sim, 'POST', '/cgi-bin/externalcontact/get_unassigned_list', ({ body }) => {
    const rows = book
      .members()
      .filter((member) => member.status === 5)
      .flatMap((member) =>
        book.relationsOf(member.userid).map((relation) => ({
          handover_userid: member.userid,
          external_userid: relation.externalUserid,
          dimission_time: Math.floor((member.leftAt ?? 0) / 1000),
        })),
      );
    const cut = page(rows, 'unassigned', str(body.cursor), Math.min(num(body.page_size, 1000), 1000));
    return { info: cut.rows, is_last: cut.next === '', next_cursor: cut.next };
  });
}

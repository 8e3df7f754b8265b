import type { FastifyInstance } from 'fastify';
import type { Member } from './model.js';
import type { WecomPlatform } from './platform.js';
import { api, num, page, str } from './wire.js';

const departmentsOf = (member: Member): number[] => member.department ?? [1];

/** Members of the contact book, as far as a new self-built app may see them (no avatar, no mobile). */
export function registerUserRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const present = (): Member[] => sim.book.members().filter((member) => member.status !== 5);

  api(app, sim, 'GET', '/cgi-bin/user/get', ({ query }) => {
    const member = sim.book.active(query.userid ?? '');
    const departments = departmentsOf(member);
    return {
      userid: member.userid,
      name: member.name,
      department: departments,
      order: departments.map(() => 0),
      position: member.position ?? '',
      is_leader_in_dept: departments.map(() => 0),
      direct_leader: [],
      main_department: departments[0],
      status: member.status ?? 1,
      enable: 1,
      hide_mobile: 0,
      alias: '',
      extattr: { attrs: [] },
    };
  });

  api(
    app,
    sim,
    'POST',
    '/cgi-bin/user/list_id',
    ({ body }) => {
      const rows = present().flatMap((member) =>
        departmentsOf(member).map((department) => ({ userid: member.userid, department })),
      );
      const cut = page(rows, 'user/list_id', str(body.cursor), Math.min(num(body.limit, 10_000), 10_000));
      return { next_cursor: cut.next, dept_user: cut.rows };
    },
    { contactsToken: true },
  );

  api(app, sim, 'GET', '/cgi-bin/user/simplelist', ({ query }) => {
    const wanted = Number(query.department_id ?? 1);
    // Department 1 is the root, and the root holds everybody in the visible range.
    const rows = present().filter((member) => wanted === 1 || departmentsOf(member).includes(wanted));
    return {
      userlist: rows.map((member) => ({ userid: member.userid, name: member.name, department: departmentsOf(member) })),
    };
  });
}

import { billText, row, yuan } from './bill-csv.js';
import type { PaySim } from './sim.js';
import { billTime, dayOf } from './time.js';

const FLOW_HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FLOW_SUMMARY = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

/** The fund flow of one account on a business day, or null when nothing moved. */
export function fundFlowBill(sim: PaySim, mchid: string, day: string, account: string): string | null {
  const moved = sim.state.movements.filter(
    (item) => item.mchid === mchid && item.account === account && dayOf(item.at) === day,
  );
  if (moved.length === 0) return null;
  const rows = moved.map((item) =>
    row([
      billTime(item.at),
      item.businessId,
      item.flowId,
      item.business,
      item.business,
      item.amount > 0 ? '收入' : '支出',
      yuan(Math.abs(item.amount)),
      yuan(item.balance),
      'system',
      item.remark,
      item.voucher,
    ]),
  );
  const incoming = moved.filter((item) => item.amount > 0);
  const outgoing = moved.filter((item) => item.amount < 0);
  const sum = (list: typeof moved) => yuan(Math.abs(list.reduce((total, item) => total + item.amount, 0)));
  return billText(FLOW_HEADER, rows, FLOW_SUMMARY, [
    moved.length,
    incoming.length,
    sum(incoming),
    outgoing.length,
    sum(outgoing),
  ]);
}

const SPLIT_HEADER =
  '分账时间,分账发起方,分账方,微信订单号,微信分账/回退单号,分账明细单号,商户分账/回退单号,订单金额,分账接收方,金额,业务类型,处理状态,备注';
const SPLIT_SUMMARY = '总条数,分账总金额,分账回退总金额';

interface SplitLine {
  at: number;
  amount: number;
  back: boolean;
  done: boolean;
  text: string;
}

function splitLines(sim: PaySim, owner: string, subMchid: string | undefined, day: string): SplitLine[] {
  return Object.values(sim.state.splits)
    .filter((split) => split.owner === owner && (!subMchid || split.collector === subMchid))
    .flatMap((split) => {
      const total = yuan(sim.order(split.orderKey).total);
      return split.receivers
        .filter((item) => item.result !== 'PENDING' && dayOf(item.finishedAt) === day)
        .map((item) => {
          const numbers = [split.transactionId, split.orderId, item.detailId, split.outOrderNo, total, item.account];
          const kind = item.synthetic ? '解冻' : '分账';
          const outcome = item.result === 'SUCCESS' ? '成功' : '失败';
          const note = item.failReason ?? item.description;
          const values = [
            billTime(item.finishedAt),
            owner,
            split.collector,
            ...numbers,
            yuan(item.amount),
            kind,
            outcome,
            note,
          ];
          const done = item.result === 'SUCCESS' && !item.synthetic;
          return { at: item.finishedAt, amount: item.amount, back: false, done, text: row(values) };
        });
    });
}

function returnLines(sim: PaySim, owner: string, subMchid: string | undefined, day: string): SplitLine[] {
  return Object.values(sim.state.returns)
    .filter((item) => item.owner === owner && (!subMchid || item.collector === subMchid))
    .filter((item) => item.result !== 'PROCESSING' && dayOf(item.finishedAt) === day)
    .map((item) => {
      const split = sim.state.splits[item.splitKey];
      const detail = split?.receivers.find((line) => line.account === item.returnMchid)?.detailId ?? '';
      const total = split ? yuan(sim.order(split.orderKey).total) : '0.00';
      const numbers = [split?.transactionId ?? '', item.returnId, detail, item.outReturnNo, total, item.returnMchid];
      const outcome = item.result === 'SUCCESS' ? '成功' : '失败';
      const note = item.failReason ?? item.description;
      const values = [
        billTime(item.finishedAt),
        owner,
        item.collector,
        ...numbers,
        yuan(item.amount),
        '分账回退',
        outcome,
        note,
      ];
      return {
        at: item.finishedAt,
        amount: item.amount,
        back: true,
        done: item.result === 'SUCCESS',
        text: row(values),
      };
    });
}

/** The split bill of a business day (reference: section 5.8), or null when nothing was split or returned. */
export function splitBill(sim: PaySim, owner: string, subMchid: string | undefined, day: string): string | null {
  const lines = [...splitLines(sim, owner, subMchid, day), ...returnLines(sim, owner, subMchid, day)];
  if (lines.length === 0) return null;
  lines.sort((a, b) => a.at - b.at);
  const sum = (back: boolean) =>
    yuan(lines.reduce((total, line) => total + (line.done && line.back === back ? line.amount : 0), 0));
  return billText(
    SPLIT_HEADER,
    lines.map((line) => line.text),
    SPLIT_SUMMARY,
    [lines.length, sum(false), sum(true)],
  );
}

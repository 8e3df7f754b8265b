import dayjs, { type PluginFunc } from 'dayjs';
import { exactText } from '../lib/time';
import { clock } from './clock';

/**
 * Has `dayjs()` mean now in the shop, as its clock on the wall reads: date pickers take 今天 and 此刻 from it, and the
 * browser may be in another zone or disagree with the server.
 */
const shopDays: PluginFunc = (_options, DayjsClass) => {
  const proto: { parse(cfg: { date?: unknown }): void } = DayjsClass.prototype as never;
  const parse = proto.parse;
  proto.parse = function (cfg) {
    const isNow = cfg.date === undefined;
    parse.call(this, isNow ? { ...cfg, date: exactText(new Date(clock.now()).toISOString()) } : cfg);
  };
};

dayjs.extend(shopDays);

import type { Actors } from './actors.js';
import { asStep, type SeedContext } from './seed-context.js';

type Line = readonly [from: 'guide' | 'consumer', consumer: string, text: string];
const DEMO_GUIDE = 'G0001';
const LINES: readonly Line[] = [
  ['consumer', 'min', '上次那件亮橘色短款，穿着好多人问链接'],
  ['guide', 'min', '太好了！新到一件冰湖蓝，版型一样，下午给你拍上身图'],
  ['consumer', 'mei', '店门口的花我明天换新的，你们几点开门？'],
  ['guide', 'mei', '十点开，我九点半就在，来喝杯热茶'],
  ['consumer', 'lin', '湖滨店还有松绿的长款吗？想周末来试 M 码'],
  ['guide', 'lin', '有的，给你留一件 M，周六下午我在店里'],
];

/** A few words of today between the demo's guide and customers, so that the chat window is not only greetings. */
export const chat = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'words of today', async () => {
    for (const [from, consumer, text] of LINES)
      await actors.control('chat/messages', { from, userid: DEMO_GUIDE, consumer, text });
  });

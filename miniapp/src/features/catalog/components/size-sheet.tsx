import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { readJson, writeJson } from '@/platform/storage';
import { Sheet } from '@/ui/sheet';
import { adviceFor, canAdvise, measureOf, titleParts } from '../size-advice';
import './catalog.scss';

const KEY = 'body';
interface Typed {
  cm: string;
  kg: string;
}

function Measure(props: { label: string; unit: string; value: string; onType(text: string): void; testId: string }) {
  return (
    <View className="measure">
      <View className="small soft">
        {props.label}（{props.unit}）
      </View>
      <Input
        className="measure-input"
        type="number"
        maxlength={3}
        value={props.value}
        placeholder="填一下"
        aria-label={props.label}
        data-testid={props.testId}
        onInput={(event) => props.onType(event.detail.value)}
      />
    </View>
  );
}

/** Which size is mine: height and weight, remembered on this phone only, and the table with that row marked. */
export function SizeSheet({ table, isOpen, onClose }: { table: string[][]; isOpen: boolean; onClose(): void }) {
  const [typed, setTyped] = useState<Typed>(() => readJson<Typed>(KEY) ?? { cm: '', kg: '' });
  const type = (part: Partial<Typed>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    writeJson(KEY, next);
  };
  const body = { cm: measureOf(typed.cm, 80, 220), kg: measureOf(typed.kg, 12, 160) };
  const advice = adviceFor(table, body);
  const isKnown = body.cm !== null || body.kg !== null;
  return (
    <Sheet isOpen={isOpen} title="哪个尺码适合我" onClose={onClose} testId="size-sheet">
      {canAdvise(table) ? (
        <>
          <View className="row gap-3">
            <Measure label="身高" unit="厘米" value={typed.cm} onType={(cm) => type({ cm })} testId="body-cm" />
            <Measure label="体重" unit="千克" value={typed.kg} onType={(kg) => type({ kg })} testId="body-kg" />
          </View>
          <View className="advice" data-testid="size-advice">
            {advice ? <View className="advice-size">建议选 {advice.size}</View> : null}
            <View className="small mid">
              {advice?.text ??
                (isKnown ? '这组身高体重不在表里，问问你的导购更稳妥' : '填了就能推荐尺码，只记在这台手机上')}
            </View>
          </View>
        </>
      ) : null}
      <View className="size-table">
        <View className="size-table-rows">
          {table.map((row, index) => (
            <View
              key={row.join('|')}
              className={`size-table-row ${advice && row[0] === advice.size ? 'size-table-mine' : ''}`}
            >
              {row.map((text, column) => {
                const { name, unit } = index === 0 ? titleParts(text) : { name: text, unit: null };
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
                  <View key={column} className={`size-table-cell ${index === 0 ? 'size-table-head' : ''}`}>
                    {name}
                    {unit ? <View className="size-table-unit">{unit}</View> : null}
                  </View>
                );
              })}
            </View>
          ))}
        </View>
      </View>
      <View className="spacer" />
      <View className="store-why">
        平铺手量，会有 1–2 厘米误差。两个尺码之间犹豫时，建议内搭厚就选大一码，也可以问你的导购。
      </View>
    </Sheet>
  );
}

import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Card } from '../../../ui/page';
import { PictureInput } from '../../../ui/picture-input';
import { YuanInput } from '../../../ui/yuan-input';
import { type ProductDraft, shortTexts, skusOf } from '../edit-model';

interface PartProps {
  input: ProductDraft;
  change: (part: Partial<ProductDraft>) => void;
}

/** The pictures in their order; the first one is the cover. */
export function PictureRow({ images, onChange }: { images: readonly string[]; onChange: (images: string[]) => void }) {
  return (
    <div className="row wrap" style={{ alignItems: 'flex-start' }}>
      {images.map((url) => (
        <PictureInput
          key={url}
          label="图片"
          size={76}
          value={url}
          onChange={(next) => onChange(images.map((one) => (one === url ? next : one)))}
          onRemove={() => onChange(images.filter((one) => one !== url))}
        />
      ))}
      {images.length < 12 ? (
        <PictureInput
          label="添加"
          size={76}
          onChange={(next) => onChange([...images.filter((one) => one !== next), next])}
          testId="picture-add"
        />
      ) : null}
    </div>
  );
}

export function ColourEditor({ input, change }: PartProps) {
  const set = (at: number, part: Partial<ProductDraft['colours'][number]>) =>
    change({ colours: input.colours.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <Card title="颜色">
      <div className="stack tight">
        {input.colours.map((colour, at) => {
          const isSold = input.skus.some((sku) => sku.id && sku.colour === colour.name);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed, the place is what stays
            <div key={at} className="row">
              <PictureInput
                label="图"
                size={48}
                value={colour.imageUrl}
                onChange={(imageUrl) => set(at, { imageUrl })}
              />
              <Input
                aria-label="颜色名"
                maxLength={20}
                disabled={isSold}
                value={colour.name}
                onChange={(event) => set(at, { name: event.target.value })}
              />
              <input
                type="color"
                aria-label={`${colour.name} 的色块`}
                value={colour.hex}
                onChange={(event) => set(at, { hex: event.target.value })}
              />
              <Button
                type="text"
                aria-label="去掉这个颜色"
                icon={<DeleteOutlined />}
                disabled={isSold}
                onClick={() => change({ colours: input.colours.filter((one) => one !== colour) })}
              />
            </div>
          );
        })}
        <Button
          style={{ alignSelf: 'flex-start' }}
          onClick={() =>
            change({ colours: [...input.colours, { name: '', hex: '#14272e', imageUrl: input.images[0] ?? '' }] })
          }
        >
          添加颜色
        </Button>
      </div>
    </Card>
  );
}

/** One row per SKU; sold ones stay for ever, new ones come from colours and sizes. */
export function SkuEditor({ input, change }: PartProps) {
  const [sizes, setSizes] = useState(() => [...new Set(input.skus.map((sku) => sku.size))]);
  const make = () =>
    change({
      skus: skusOf(
        input.code,
        input.colours.map((one) => one.name),
        sizes,
        input.skus,
      ),
    });
  return (
    <Card title={`规格（${input.skus.length}）`}>
      <div className="stack tight">
        <div className="row">
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            aria-label="尺码"
            placeholder="尺码，写一个按一次回车"
            value={sizes}
            onChange={(typed: string[]) => setSizes(shortTexts(typed, 20))}
            style={{ flex: 1 }}
          />
          <Button
            disabled={!input.code || sizes.length === 0 || input.colours.length === 0}
            onClick={make}
            data-testid="skus-make"
          >
            生成规格
          </Button>
        </div>
        <table className="plain" data-testid="sku-editor">
          <thead>
            <tr>
              <th>颜色 / 尺码</th>
              <th>货号</th>
              <th>单独的标价</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {input.skus.map((sku, at) => {
              const set = (part: Partial<typeof sku>) =>
                change({ skus: input.skus.map((one, index) => (index === at ? { ...one, ...part } : one)) });
              return (
                <tr key={sku.id ?? `${sku.colour} ${sku.size}`}>
                  <td>
                    {sku.colour} / {sku.size}
                  </td>
                  <td>
                    <Input
                      className="num"
                      maxLength={40}
                      aria-label="货号"
                      value={sku.code}
                      onChange={(event) => set({ code: event.target.value.trim() })}
                    />
                  </td>
                  <td style={{ width: 130 }}>
                    <YuanInput
                      label={`${sku.colour} ${sku.size} 的标价`}
                      value={sku.listPriceFen ?? null}
                      placeholder="随标价"
                      onChange={(fen) => {
                        const { listPriceFen: _old, ...rest } = sku;
                        const next = fen === null ? rest : { ...rest, listPriceFen: fen };
                        change({ skus: input.skus.map((one, index) => (index === at ? next : one)) });
                      }}
                    />
                  </td>
                  <td className="right">
                    {sku.id ? null : (
                      <Button
                        type="text"
                        aria-label="去掉"
                        icon={<DeleteOutlined />}
                        onClick={() => change({ skus: input.skus.filter((one) => one !== sku) })}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

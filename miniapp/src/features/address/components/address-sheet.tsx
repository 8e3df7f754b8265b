import type { Address } from '@shuke/shared/contracts';
import { Input, Text, Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { RegionField } from '@/platform/region-field';
import { wx } from '@/platform/wx';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Sheet } from '@/ui/sheet';
import { Tick } from '@/ui/tick';
import { type AddressForm, emptyForm, formOf, formProblem, inputOf, readPasted } from '../model';

export interface AddressSheetProps {
  address: Address | null;
  onClose(): void;
  onSaved(address: Address): void;
}

function Field(props: {
  label: string;
  value: string;
  hint: string;
  testId: string;
  isDigits?: boolean;
  onChange(text: string): void;
}) {
  return (
    <View className="field">
      <Text className="field-label">{props.label}</Text>
      <Input
        className="field-input"
        value={props.value}
        type={props.isDigits ? 'number' : 'text'}
        placeholder={props.hint}
        data-testid={props.testId}
        onInput={(event) => props.onChange(event.detail.value)}
      />
    </View>
  );
}

export function AddressSheet({ address, onClose, onSaved }: AddressSheetProps) {
  const [form, setForm] = useState<AddressForm>(address ? formOf(address) : emptyForm);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const change = (part: Partial<AddressForm>) => {
    setForm((before) => ({ ...before, ...part }));
    setProblem(null);
  };
  const fromMap = async () => {
    const place = await wx.chooseLocation();
    setForm((before) => ({ ...readPasted(place.address, before), name: before.name }));
  };
  const save = async () => {
    const wrong = formProblem(form);
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    try {
      const body = inputOf(form);
      onSaved(
        address
          ? await api.mall.updateAddress({ params: { id: address.id }, body })
          : await api.mall.addAddress({ body }),
      );
    } catch (reason) {
      setProblem(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      isOpen
      title={address ? '修改地址' : '新地址'}
      onClose={onClose}
      testId="address-sheet"
      footer={
        <>
          {problem ? (
            <View className="field-error" role="alert" data-testid="address-problem">
              {problem}
            </View>
          ) : null}
          <Button isBlock isBusy={isBusy} onTap={() => void save()} testId="save-address">
            保存
          </Button>
        </>
      }
    >
      <Textarea
        className="field-area"
        placeholder="粘贴整段地址，自动识别姓名、电话和地区"
        maxlength={200}
        data-testid="address-paste"
        onInput={(event) => event.detail.value && setForm((before) => readPasted(event.detail.value, before))}
      />
      <Field label="收货人" value={form.name} hint="姓名" testId="address-name" onChange={(name) => change({ name })} />
      <Field
        label="手机号"
        value={form.phone}
        hint="11 位手机号"
        testId="address-phone"
        isDigits
        onChange={(phone) => change({ phone })}
      />
      <View className="field">
        <Text className="field-label">地区</Text>
        <RegionField value={form.region} onChange={(region) => change({ region })} />
        <View
          className="text-tap"
          role="button"
          data-testid="address-map"
          onClick={() => void fromMap().catch(() => undefined)}
        >
          <Icon name="pin" size={16} />
          地图
        </View>
      </View>
      <Field
        label="详细地址"
        value={form.detail}
        hint="街道、小区、门牌号"
        testId="address-detail"
        onChange={(detail) => change({ detail })}
      />
      <View
        className="row gap-2 spacer-top"
        role="checkbox"
        aria-checked={form.isDefault}
        data-testid="address-default"
        onClick={() => change({ isDefault: !form.isDefault })}
      >
        <View className={form.isDefault ? 'check-on' : ''}>
          <Tick />
        </View>
        <Text className="tap-line">设为默认地址</Text>
      </View>
    </Sheet>
  );
}

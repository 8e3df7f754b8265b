import type { Address } from '@shuke/shared/contracts';

export interface AddressForm {
  name: string;
  phone: string;
  region: string;
  detail: string;
  isDefault: boolean;
}

export const emptyForm: AddressForm = { name: '', phone: '', region: '', detail: '', isDefault: false };

export const formOf = (address: Address): AddressForm => ({
  name: address.name,
  phone: address.phone,
  region: [address.province, address.city, address.district].filter(Boolean).join(' '),
  detail: address.detail,
  isDefault: address.isDefault,
});

export interface Region {
  province: string;
  city: string;
  district: string;
}

const MUNICIPALITY = /^(北京|上海|天津|重庆)市?/;
const PROVINCE = /^(.{2,8}?(?:省|自治区|特别行政区))/;
const CITY = /^(.{2,10}?(?:市|自治州|地区|盟))/;
const DISTRICT = /^(.{1,10}?(?:区|县|市|旗))/;

/**
 * Splits "浙江省杭州市西湖区" or "浙江 杭州 西湖" into its three parts and what follows them; null when a part is missing.
 * Municipalities are their own city.
 */
export function regionOf(text: string): (Region & { rest: string }) | null {
  const trimmed = text.trim();
  const words = trimmed.split(/[\s,，/]+/).filter(Boolean);
  const [first = '', second = '', third = ''] = words;
  if (words.length >= 3 && !PROVINCE.test(first + second) === !PROVINCE.test(first))
    return { province: first, city: second, district: third, rest: words.slice(3).join(' ') };
  const joined = words.join('');
  const municipality = MUNICIPALITY.exec(joined);
  if (municipality) {
    const name = `${municipality[1]}市`;
    const after = joined.slice(municipality[0].length).replace(MUNICIPALITY, '');
    const district = DISTRICT.exec(after)?.[1];
    return district ? { province: name, city: name, district, rest: after.slice(district.length) } : null;
  }
  const province = PROVINCE.exec(joined)?.[1];
  if (!province) return null;
  const city = CITY.exec(joined.slice(province.length))?.[1];
  if (!city) return null;
  const after = joined.slice(province.length + city.length);
  const district = DISTRICT.exec(after)?.[1];
  return district ? { province, city, district, rest: after.slice(district.length) } : null;
}

/** Reads a pasted line such as "林晓 13800001234 浙江省杭州市西湖区文三路 1 号"; parts it cannot find stay as they are. */
export function readPasted(text: string, form: AddressForm): AddressForm {
  const phone = /1\d{10}/.exec(text)?.[0] ?? form.phone;
  const words = text
    .replace(/1\d{10}/, ' ')
    .split(/[\s,，;；:：]+/)
    .filter(Boolean);
  const nameIndex = words.findIndex((word) => word.length >= 2 && word.length <= 4 && !/[省市区县路号街]/.test(word));
  const name = nameIndex >= 0 ? (words[nameIndex] ?? form.name) : form.name;
  const place = words.filter((_, index) => index !== nameIndex).join('');
  const region = regionOf(place);
  if (!region) return { ...form, name, phone, detail: place || form.detail };
  return {
    ...form,
    name,
    phone,
    region: `${region.province} ${region.city} ${region.district}`,
    detail: region.rest || form.detail,
  };
}

/** What is wrong with the form, first things first; null when it can be saved. */
export function formProblem(form: AddressForm): string | null {
  if (!form.name.trim()) return '请填写收货人';
  if (!/^1\d{10}$/.test(form.phone.trim())) return '请填写 11 位手机号';
  if (!regionOf(form.region)) return '请把地区写全：省、市、区';
  if (form.detail.trim().length < 2) return '请填写街道和门牌号';
  return null;
}

/** The form as the server takes it; only for a form without problem. */
export function inputOf(form: AddressForm) {
  const region = regionOf(form.region);
  return {
    name: form.name.trim(),
    phone: form.phone.trim(),
    province: region?.province ?? '',
    city: region?.city ?? '',
    district: region?.district ?? '',
    detail: form.detail.trim(),
    isDefault: form.isDefault,
  };
}

import { describe, expect, it } from 'vitest';
import { emptyForm, formProblem, inputOf, readPasted, regionOf } from './model';

describe('regions', () => {
  it('splits words and runs of text alike', () => {
    const wanted = { province: '浙江省', city: '杭州市', district: '西湖区' };
    expect(regionOf('浙江省 杭州市 西湖区')).toMatchObject(wanted);
    expect(regionOf('浙江省杭州市西湖区文三路478号')).toEqual({ ...wanted, rest: '文三路478号' });
  });

  it('treats a municipality as its own city', () => {
    expect(regionOf('上海市静安区南京西路1266号')).toEqual({
      province: '上海市',
      city: '上海市',
      district: '静安区',
      rest: '南京西路1266号',
    });
    expect(regionOf('北京市北京市朝阳区')).toMatchObject({ city: '北京市', district: '朝阳区' });
  });

  it('answers null for half an address', () => {
    expect([regionOf('浙江省'), regionOf(''), regionOf('西湖边上')]).toEqual([null, null, null]);
  });
});

describe('the address form', () => {
  it('reads a pasted line', () => {
    const form = readPasted('林晓 13800002046 浙江省杭州市西湖区文三路478号12幢', emptyForm);
    expect(form).toMatchObject({
      name: '林晓',
      phone: '13800002046',
      region: '浙江省 杭州市 西湖区',
      detail: '文三路478号12幢',
    });
    expect(formProblem(form)).toBeNull();
    expect(inputOf(form)).toMatchObject({ province: '浙江省', city: '杭州市', district: '西湖区' });
  });

  it('names the first thing that is missing', () => {
    const form = readPasted('林晓 13800002046 浙江省杭州市西湖区文三路478号', emptyForm);
    expect(formProblem({ ...form, name: ' ' })).toBe('请填写收货人');
    expect(formProblem({ ...form, phone: '123' })).toBe('请填写 11 位手机号');
    expect(formProblem({ ...form, region: '浙江' })).toBe('请把地区写全：省、市、区');
    expect(formProblem({ ...form, detail: '1' })).toBe('请填写街道和门牌号');
  });
});

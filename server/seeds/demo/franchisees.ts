/** An invented company that runs franchise stores. */
export interface DemoFranchisee {
  code: string;
  name: string;
  contactName: string;
  contactPhone: string;
  city: string;
  /** `STORE`: the franchisee's own sub-merchant collects; `BRAND`: the brand collects and settles by statement. */
  collectMode: 'STORE' | 'BRAND';
  /** Sub-merchant number when the franchisee collects, else null. */
  subMchid: string | null;
}

export const FRANCHISEES: DemoFranchisee[] = [
  {
    code: 'F01',
    name: '杭州拾羽服饰有限公司',
    contactName: '沈嘉木',
    contactPhone: '13857100101',
    city: '杭州',
    collectMode: 'STORE',
    subMchid: '1600000001',
  },
  {
    code: 'F02',
    name: '上海暖屿商贸有限公司',
    contactName: '顾知遥',
    contactPhone: '13816200202',
    city: '上海',
    collectMode: 'STORE',
    subMchid: '1600000002',
  },
  {
    code: 'F03',
    name: '成都青城雪服饰有限公司',
    contactName: '罗一舟',
    contactPhone: '13880300303',
    city: '成都',
    collectMode: 'STORE',
    subMchid: '1600000003',
  },
  {
    code: 'F04',
    name: '沈阳北风里商贸有限公司',
    contactName: '佟立冬',
    contactPhone: '13840400404',
    city: '沈阳',
    collectMode: 'STORE',
    subMchid: '1600000004',
  },
  {
    code: 'F05',
    name: '武汉江岸雪岭服饰有限公司',
    contactName: '祝晓棠',
    contactPhone: '13871500505',
    city: '武汉',
    collectMode: 'STORE',
    subMchid: '1600000005',
  },
  {
    code: 'F06',
    name: '北京朔方衣集商贸有限公司',
    contactName: '安怀远',
    contactPhone: '13810600606',
    city: '北京',
    collectMode: 'BRAND',
    subMchid: null,
  },
];

import type { WalletSettingsInput } from '@shuke/shared/contracts';

/** A published version of the wallet's settings. */
export type WalletSettings = WalletSettingsInput & { version: number };

/**
 * What a brand has before it publishes its own. Caps and texts are configuration, to be checked by the brand's counsel
 * (reference/features.md B7, law).
 */
export const DEFAULT_WALLET_SETTINGS: WalletSettings = {
  version: 1,
  policy: 'PROPORTIONAL',
  balanceCapFen: 500_000,
  dailyCapFen: 500_000,
  customMinFen: 1_000,
  pinAboveFen: 20_000,
  originalRouteDays: 365,
  lawName: '《单用途商业预付卡管理办法（试行）》',
  lawText:
    '记名卡单张余额不超过 5000 元、不设有效期，可挂失；不记名卡不超过 1000 元。退款时本金按剩余退回，赠送部分按比例扣回，最高人民法院关于预付式消费的司法解释（法释〔2025〕4 号）自 2025 年 5 月 1 日起施行。',
  agreementText:
    '储值余额仅限在本品牌的门店和商城使用。先用完先充的一笔，本金和赠金按比例一起扣；本金长期有效，赠金按活动约定的期限有效。你随时可以申请退回剩余本金，原路退回，不收手续费。',
};

const POLICY_TEXT: Record<WalletSettings['policy'], string> = {
  PROPORTIONAL: '先充的先用，每一笔里本金和赠金按比例一起扣',
  PRINCIPAL_FIRST: '先充的先用，每一笔里先扣本金再扣赠金',
  BONUS_FIRST: '先充的先用，每一笔里先扣赠金再扣本金',
};
export const policyText = (policy: WalletSettings['policy']): string => POLICY_TEXT[policy];

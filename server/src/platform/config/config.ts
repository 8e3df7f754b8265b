import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const URL_PATTERN = '^https?://[^ ]+$';
const Url = Type.String({ pattern: URL_PATTERN });

/** Every setting of the server. Nothing else reads process.env. */
export const ConfigSchema = Type.Object({
  NODE_ENV: Type.Union([Type.Literal('development'), Type.Literal('test'), Type.Literal('production')], {
    default: 'development',
  }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 7300 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  PUBLIC_ORIGIN: Url,
  DATABASE_URL: Type.String({ pattern: '^mysql://' }),
  DATABASE_POOL: Type.Integer({ minimum: 1, maximum: 200, default: 20 }),
  REDIS_URL: Type.String({ pattern: '^redis://' }),
  QUEUE_PREFIX: Type.String({ pattern: '^[a-z0-9-]{1,40}$', default: 'shuke' }),
  SESSION_SECRET: Type.String({ minLength: 32 }),
  NODE_NUMBER: Type.Integer({ minimum: 0, maximum: 1023, default: 1 }),
  DEFAULT_APPID: Type.String({ pattern: '^wx[0-9a-f]{16}$' }),
  ACCOUNTS_FILE: Type.String({
    minLength: 1,
    description: 'JSON: WeChat Pay accounts, WeCom app and mini-program credentials',
  }),
  FILES_DIR: Type.String({ minLength: 1, description: 'folder of pictures and other files' }),
  WEB_DIR: Type.Optional(
    Type.String({ description: 'repository root whose front-end builds are served; without it none is' }),
  ),
  WECHAT_PAY_URL: Type.String({ pattern: URL_PATTERN, default: 'https://api.mch.weixin.qq.com' }),
  WECHAT_API_URL: Type.String({ pattern: URL_PATTERN, default: 'https://api.weixin.qq.com' }),
  WECOM_API_URL: Type.String({ pattern: URL_PATTERN, default: 'https://qyapi.weixin.qq.com' }),
  WECOM_OAUTH_URL: Type.String({ pattern: URL_PATTERN, default: 'https://open.weixin.qq.com' }),
  TRUSTED_PAGE_ORIGINS: Type.String({
    default: '',
    description: 'comma separated origins whose pages may ask for JS-SDK signatures and OAuth',
  }),
  CLOCK_FOLLOW_URL: Type.Optional(Url),
  PAY_DEADLINE_MINUTES: Type.Integer({ minimum: 1, maximum: 110, default: 30 }),
  AFTER_SALE_DAYS: Type.Integer({ minimum: 0, maximum: 25, default: 7 }),
  AUTO_RECEIPT_DAYS: Type.Integer({ minimum: 1, maximum: 25, default: 10 }),
  SWEEP_MS: Type.Integer({ minimum: 20, maximum: 60_000, default: 500 }),
  JOB_LOCK_MS: Type.Integer({
    minimum: 500,
    maximum: 300_000,
    default: 15_000,
    description: 'how long a dead worker may hold a job before another one takes it',
  }),
  FAILPOINTS: Type.String({ default: '' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
});
export type Config = Static<typeof ConfigSchema>;

/**
 * Reads the configuration.
 * @throws Error that names the first bad setting, so that the server does not start half-configured.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(ConfigSchema.properties)) {
    const value = env[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const config = Value.Default(ConfigSchema, Value.Convert(ConfigSchema, given));
  const first = Value.Errors(ConfigSchema, config).First();
  if (first) throw new Error(`setting ${first.path.slice(1).split('/')[0]}: ${first.message}`);
  const checked = config as Config;
  if (checked.NODE_ENV === 'production' && (checked.CLOCK_FOLLOW_URL || checked.FAILPOINTS)) {
    throw new Error('setting CLOCK_FOLLOW_URL and FAILPOINTS: not in production');
  }
  return checked;
}

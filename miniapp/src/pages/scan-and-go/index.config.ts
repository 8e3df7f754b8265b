export default definePageConfig({ navigationBarTitleText: '扫码购' });

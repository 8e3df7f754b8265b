export default definePageConfig({ navigationBarTitleText: '送你一张券', enableShareAppMessage: true });

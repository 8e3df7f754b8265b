export default definePageConfig({
  navigationBarTitleText: '雪岭',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
});

// Preloaded into server and worker for the soak: tells the bench how much memory is really in use, garbage taken away.
process.on('message', (message) => {
  if (message !== 'heap') return;
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ rss, inUse: heapUsed + external });
});
process.channel.unref();

// Stands in for `amparo demo` in the harness's own tests. Its first argument says how it behaves; the rest it prints.
const [how, ...rest] = process.argv.slice(2);
process.on('SIGINT', () => process.exit(how === 'unclean' ? 4 : 0)); // before it is ready, or a stop would find the default
console.log('args', rest.join(' '));
console.log('site http://127.0.0.1:4001/');
if (how !== 'deskless') console.log('desk http://127.0.0.1:4002/');
console.log('member ana advocate four invented words here');
console.log('not ready yet');
if (how === 'dies') {
  console.error('planted: the disk is full');
  process.exit(3);
}
if (how !== 'hangs') console.log('ready');
setInterval(() => {}, 1000);

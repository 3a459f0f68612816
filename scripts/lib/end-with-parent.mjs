// Loaded into the host before its own code (`--import`). The script that started it holds the other
// end of the IPC channel: when that closes, even because the script was killed, the host ends as if
// it had been asked to. On Windows, which has no signals, this is also how it is asked.
process.channel?.unref();
process.once('disconnect', () => {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
});

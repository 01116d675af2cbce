/** Next listens before any code of the app runs, and fails on a wrong PORT without naming it: hence this, before it. */
const port = process.env.PORT?.trim();
if (port && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
  console.error("MyChat can't start.\nPORT must be a whole number from 0 to 65535.");
  process.exit(1);
}

/**
 * Where the product under test listens: ports apart from the default ones, so that a running console is left alone.
 * `THINGDECK_E2E_PORTS` moves all of them (17000 is the default), so that two checkouts can be tested side by side.
 */
const base = Number(process.env.THINGDECK_E2E_PORTS ?? 17_000)
const ports = { console: base + 300, gatedConsole: base + 301, http: base + 400, mqtt: base + 883, https: base + 443 }

export const stack = {
  console: `http://localhost:${ports.console}`,
  /** A second one, for specs that interfere with its way to the broker. */
  gatedConsole: `http://localhost:${ports.gatedConsole}`,
  http: `http://localhost:${ports.http}`,
  mqttPort: ports.mqtt,
  args: [
    ...['--console-port', ports.console, '--port', ports.http, '--mqtt-port', ports.mqtt, '--https-port', ports.https],
    ...['--devices', 6, '--drop-every', 0],
  ],
  /** Configuration of an AWS SDK client, as the account's administrator. */
  sdk: {
    endpoint: `http://localhost:${ports.http}`,
    region: process.env.AWS_REGION ?? 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  },
} as const

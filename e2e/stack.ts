/** Where the product under test listens: ports apart from the default ones, so that a running console is left alone. */
const ports = { console: 17_300, http: 17_400, mqtt: 17_883, https: 17_443 }

export const stack = {
  console: `http://localhost:${ports.console}`,
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

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ApiOptions, createAwsApi } from '../src/index.ts'
import type { AnyClient, SdkService } from './sdk-services.ts'

/** An API on a free port of this machine. */
export interface ApiServer extends AsyncDisposable {
  readonly url: string
  /** An SDK client that does not retry. */
  readonly connect: <Client extends AnyClient>(connect: (config: Config) => Client) => Client
}

type Config = Parameters<SdkService['connect']>[0]

export async function startApi<Caller>(options: ApiOptions<Caller>): Promise<ApiServer> {
  const server = createServer(createAwsApi(options))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${portOf(server)}`
  const clients: AnyClient[] = []
  return {
    url,
    connect(connect) {
      const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }
      const client = connect({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 })
      clients.push(client)
      return client
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (typeof address === 'object' && address !== null) return address.port
  throw new Error('The server does not listen')
}

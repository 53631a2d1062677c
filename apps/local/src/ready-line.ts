import type { Config } from './config.ts'
import type { LocalServer } from './start.ts'

/** What scripts read from standard output: begins with `{"ready":true`, all on one line. */
export function readyLine(config: Config, server: LocalServer): string {
  const { host, account, region } = config
  return JSON.stringify({
    ready: true,
    ...server.urls,
    endpoints: { 'iot:Data-ATS': host, 'iot:Data': host, 'iot:CredentialProvider': host, 'iot:Jobs': host },
    account,
    region,
    identityPoolId: server.identityPoolId,
    oidcClientId: server.oidcClientId,
    dataDir: server.dataPath,
    rootCaPath: server.rootCaPath,
  })
}

import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  type IoTDataPlaneClient,
  ListNamedShadowsForThingCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import type { ShadowList } from '@thingdeck/contract'
import { isNamed } from './error-name.ts'
import { collected, pagesOf } from './pages.ts'

/** Which shadow: without a name, the classic one. */
export interface ShadowKey {
  readonly thingName: string
  readonly shadowName?: string
}

export const shadowKey = (thingName: string, shadowName: string | undefined): ShadowKey => ({
  thingName,
  ...(shadowName !== undefined && { shadowName }),
})

/** Shadows over REST. Documents are text from end to end, so that no digit of a number is lost. Errors are AWS's own. */
export interface Shadows {
  list(thingName: string): Promise<ShadowList>
  get(key: ShadowKey): Promise<string>
  update(key: ShadowKey, document: string): Promise<string>
  delete(key: ShadowKey): Promise<string>
}

const text = (payload: Uint8Array | undefined): string => new TextDecoder().decode(payload)

export function createShadows(data: IoTDataPlaneClient): Shadows {
  const shadows: Shadows = {
    async list(thingName) {
      const classic = shadows.get({ thingName }).then(
        () => true,
        (error: unknown) => {
          if (isNamed(error, 'ResourceNotFoundException')) return false
          throw error
        },
      )
      const pages = pagesOf((nextToken) =>
        data.send(new ListNamedShadowsForThingCommand({ thingName, nextToken, pageSize: 100 })),
      )
      // Together: one that fails while the other is under way would be nobody's, and end the process.
      const [hasClassic, named] = await Promise.all([classic, collected(pages, ({ results }) => results)])
      return { classic: hasClassic, named: named.sort() }
    },
    get: async (key) => text((await data.send(new GetThingShadowCommand(key))).payload),
    update: async (key, document) =>
      text(
        (await data.send(new UpdateThingShadowCommand({ ...key, payload: new TextEncoder().encode(document) })))
          .payload,
      ),
    delete: async (key) => text((await data.send(new DeleteThingShadowCommand(key))).payload),
  }
  return shadows
}

import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import { ShadowError } from '@thingdeck/shadows'
import { encodeDocument, type ShadowService } from './shadow-service.ts'

/** The shadow operations of the data plane. */
export function shadowHandlers(service: ShadowService) {
  return {
    GetThingShadow: (input) => ({ payload: encodeDocument(asRest(() => service.get(input))) }),
    UpdateThingShadow: (input) => ({
      payload: encodeDocument(asRest(() => service.update(input, input.payload).accepted)),
    }),
    DeleteThingShadow: (input) => ({ payload: encodeDocument(asRest(() => service.delete(input))) }),
    ListNamedShadowsForThing: ({ thingName, pageSize, nextToken }) => {
      const page = service.listNames(thingName, { maxResults: pageSize, nextToken })
      return { results: page.items, nextToken: page.nextToken, timestamp: service.nowSeconds() }
    },
  } satisfies Handlers<typeof sdk, unknown>
}

/** A refusal as the exception of the REST API. */
function asRest<Result>(operation: () => Result): Result {
  try {
    return operation()
  } catch (error) {
    if (error instanceof ShadowError) throw new AwsError(error.exceptionName, error.message)
    throw error
  }
}

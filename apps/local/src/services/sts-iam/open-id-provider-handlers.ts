import type * as sdk from '@aws-sdk/client-iam'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { Clock } from '../../foundation/clock.ts'
import { isIssuerAddress, providerName } from '../../foundation/id-tokens.ts'
import { alreadyExists, invalidInput, limitExceeded, noSuchEntity } from './iam-errors.ts'
import { formatTags, listTags, withoutTags, withTags } from './iam-tags.ts'
import type { OpenIdProvider, OpenIdProviderStore } from './open-id-provider-store.ts'

const MAX_CLIENT_IDS = 100
const MAX_THUMBPRINTS = 5

/**
 * OpenID Connect providers: issuers whose tokens `AssumeRoleWithWebIdentity` and identity pools take. Thumbprints are
 * kept and not compared, as in AWS where the issuer's certificate is of a known authority.
 * @see IAM user guide, "Create an OpenID Connect (OIDC) identity provider in IAM"
 */
export function openIdProviderHandlers(store: OpenIdProviderStore, clock: Clock) {
  const found = (arn: string | undefined): OpenIdProvider => {
    const provider = arn === undefined ? undefined : store.find(arn)
    if (provider) return provider
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
  }
  const withClients = (clientIds: readonly string[], added: readonly string[]) => {
    const all = [...new Set([...clientIds, ...added])]
    if (all.length > MAX_CLIENT_IDS) {
      throw limitExceeded(`Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MAX_CLIENT_IDS}`)
    }
    return all
  }
  const checkThumbprints = (thumbprints: readonly string[]) => {
    if (thumbprints.length <= MAX_THUMBPRINTS) return thumbprints
    throw invalidInput('Thumbprint list must contain fewer than 5 entries.')
  }
  return {
    CreateOpenIDConnectProvider: ({ Url: url, ClientIDList = [], ThumbprintList = [], Tags }) => {
      if (!isIssuerAddress(url)) {
        throw invalidInput(
          'Invalid Open ID Connect Provider URL: it begins with https://, or is one of this machine, and has no query',
        )
      }
      const arn = store.arnOf(url)
      if (store.find(arn)) throw alreadyExists(`Provider with url ${url} already exists.`)
      const tags = withTags({}, Tags)
      store.put({
        arn,
        url,
        clientIds: withClients([], ClientIDList),
        thumbprints: checkThumbprints(ThumbprintList),
        tags,
        createdAtMs: clock(),
      })
      return { OpenIDConnectProviderArn: arn, Tags: formatTags(tags) }
    },
    GetOpenIDConnectProvider: ({ OpenIDConnectProviderArn }) => {
      const { url, clientIds, thumbprints, tags, createdAtMs } = found(OpenIDConnectProviderArn)
      return {
        Url: providerName(url),
        ClientIDList: [...clientIds],
        ThumbprintList: [...thumbprints],
        CreateDate: new Date(createdAtMs),
        Tags: formatTags(tags),
      }
    },
    ListOpenIDConnectProviders: () => ({ OpenIDConnectProviderList: store.list().map(({ arn: Arn }) => ({ Arn })) }),
    DeleteOpenIDConnectProvider: ({ OpenIDConnectProviderArn }) => {
      store.delete(found(OpenIDConnectProviderArn).arn)
      return {}
    },
    AddClientIDToOpenIDConnectProvider: ({ OpenIDConnectProviderArn, ClientID }) => {
      const provider = found(OpenIDConnectProviderArn)
      store.put({ ...provider, clientIds: withClients(provider.clientIds, [ClientID]) })
      return {}
    },
    RemoveClientIDFromOpenIDConnectProvider: ({ OpenIDConnectProviderArn, ClientID }) => {
      const provider = found(OpenIDConnectProviderArn)
      store.put({ ...provider, clientIds: provider.clientIds.filter((id) => id !== ClientID) })
      return {}
    },
    UpdateOpenIDConnectProviderThumbprint: ({ OpenIDConnectProviderArn, ThumbprintList }) => {
      const provider = found(OpenIDConnectProviderArn)
      store.put({ ...provider, thumbprints: checkThumbprints(ThumbprintList) })
      return {}
    },
    TagOpenIDConnectProvider: ({ OpenIDConnectProviderArn, Tags }) => {
      const provider = found(OpenIDConnectProviderArn)
      store.put({ ...provider, tags: withTags(provider.tags, Tags) })
      return {}
    },
    UntagOpenIDConnectProvider: ({ OpenIDConnectProviderArn, TagKeys }) => {
      const provider = found(OpenIDConnectProviderArn)
      store.put({ ...provider, tags: withoutTags(provider.tags, TagKeys) })
      return {}
    },
    ListOpenIDConnectProviderTags: ({ OpenIDConnectProviderArn, ...request }) => {
      const { arn, tags } = found(OpenIDConnectProviderArn)
      return listTags(`provider ${arn}`, tags, request)
    },
  } satisfies Handlers<typeof sdk, Caller>
}

import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { AUTHORIZERS } from '../authorizers/authorizer-queries.ts'
import { NamePicker, type NamePickerProps } from './name-picker.tsx'
import type { NameSource } from './use-found-names.ts'

const SOURCE: NameSource = {
  key: AUTHORIZERS,
  findsNoBeginnings: true,
  /** AWS looks for no names: an account has a hundred at most (AWS IoT Core quotas), which come at once. */
  async ask({ signal, name = '', nextToken }) {
    const page = await api(endpoints.listAuthorizers, { query: { nextToken, maxResults: 250 }, signal })
    const text = name.toLowerCase()
    const found = page.authorizers.filter((each) => each.toLowerCase().includes(text)).map((each) => ({ name: each }))
    return { found, nextToken: page.nextToken }
  },
}

/** A custom authorizer, found by a part of its name. */
export function AuthorizerPicker(props: NamePickerProps) {
  return <NamePicker source={SOURCE} one="authorizer" many="authorizers" {...props} />
}

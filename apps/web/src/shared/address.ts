/** The names of the parameters in an address: `/things/$thingName/shadow` → `{ thingName: string }`. */
export type AddressParams<Address extends string> = {
  readonly [Name in ParamName<Address>]: string
}

type ParamName<Address extends string> = Address extends `${string}/$${infer Name}/${infer Rest}`
  ? Name | ParamName<`/${Rest}`>
  : Address extends `${string}/$${infer Name}`
    ? Name
    : never

/** `/things/$thingName` and `{ thingName: 'a/b' }` → `/things/a%2Fb`. */
export function fillAddress<const Address extends string>(address: Address, params: AddressParams<Address>): string {
  const values: Readonly<Record<string, string>> = params
  return address.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
}

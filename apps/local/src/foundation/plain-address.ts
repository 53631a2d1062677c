/** `::ffff:192.0.2.1`, the form in which a dual-stack socket names an IPv4 peer, as `192.0.2.1`. */
export function plainAddress(address: string | undefined): string {
  return address?.startsWith('::ffff:') ? address.slice('::ffff:'.length) : (address ?? '')
}

/**
 * `@peculiar/x509` is built on tsyringe, which refuses to load where `Reflect.getMetadata` is missing. It asks for
 * metadata of decorated classes only, and x509 has none that matter: an empty answer is all it needs.
 */
if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, {
    getMetadata: () => undefined,
    getOwnMetadata: () => undefined,
    defineMetadata: () => undefined,
  })
}

/** An element with that content, which is XML. */
export function element(name: string, content: string, namespace = ''): string {
  const attribute = namespace === '' ? '' : ` xmlns="${escapeXml(namespace)}"`
  return `<${name}${attribute}>${content}</${name}>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;', // else its reader makes a line feed of it
}

/** Text as XML 1.0 carries it; characters that it cannot carry are replaced, as those of a broken encoding are. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character)
}

import { Children, type ReactNode } from 'react'

/**
 * What stands in a `SpaceBetween`, which makes a block of each child and takes each one's key: texts beside each other,
 * `{name} shares it`, are one block and not one for each piece of the sentence, and a text alone has a key too.
 */
export function textsTogether(children: ReactNode): ReactNode[] {
  return Children.toArray(children).flatMap<ReactNode>((child, index, all) => {
    if (!isText(child)) return [child]
    if (isText(all[index - 1])) return []
    const end = all.findIndex((each, at) => at > index && !isText(each))
    const texts = all.slice(index, end === -1 ? undefined : end).join('')
    return [
      // biome-ignore lint/suspicious/noArrayIndexKey: a text has nothing but its place
      <div key={`text ${index}`}>{texts}</div>,
    ]
  })
}

const isText = (child: ReactNode) => typeof child === 'string' || typeof child === 'number'

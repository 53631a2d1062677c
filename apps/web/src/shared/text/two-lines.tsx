import { visible } from './visible.tsx'
import { visibleText } from './visible-text.ts'

/** What somebody or AWS says about what stands above it in a row: two lines of it, all of it on hover. */
export const TwoLines = ({ text }: { readonly text: string }) => (
  <div className="td-two-lines td-weak" title={visibleText(text)}>
    {visible(text)}
  </div>
)

/** No child outlives this process, however it ends: it is told by a pipe that closes with this process. */
export const END_WITH_PARENT: readonly string[] = ['--import', new URL('./end-with-parent.ts', import.meta.url).href]

/** What tells {@link END_WITH_PARENT}, in the child, which of its file descriptors the pipe is. */
export const parentPipe = (fd: number) => ({ THINGDECK_PARENT_FD: String(fd) })

/** As long as a side may be, and how much of the detail stays: enough to read a sign, small enough for a slow network. */
const MOST_PIXELS = 1600, QUALITY = .8

/** A photograph as it is sent: smaller, and without what the camera wrote into it (where, when, by which telephone). @throws where the browser cannot read the picture. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const { width, height } = fit(picture), canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  picture.close()
  const made = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve, 'image/jpeg', QUALITY) })
  if (!made) throw new Error('no picture')
  return made
}

/** @example fit({ width: 4000, height: 3000 }) // => { width: 1600, height: 1200 } */
export function fit({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A name that no other file of this interview has; it stands in the answers. @example nameFile('photo', 'ภาพ.HEIC.jpg', 1) // => 'photo-1.jpg' */
export function nameFile(question: string, original: string, at: number): string {
  const ending = /\.[a-z0-9]{1,5}$/i.exec(original)?.[0].toLowerCase() ?? ''
  return `${question.replace(/\W/g, '')}-${at.toString(36)}${ending}`
}

import { useId } from 'react'
import type { Language } from '#lib/guides/bilingual.ts'
import { type Control, type Panel, wrap } from '#lib/guides/drawing.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'

const WIDTH = 360
const MARGIN = 16
const LINE = 19
const BOX = 32
const GAP = 12
const FONT = 14
const MAX_EMS = (WIDTH - 2 * MARGIN) / FONT
const INDENT = 28

type Placed = { readonly control: Control; readonly lines: readonly string[]; readonly y: number }
type Frame = {
  readonly title: readonly string[]
  readonly placed: readonly Placed[]
  readonly y: number
  readonly height: number
}

function heightOf({ control, lines }: Omit<Placed, 'y'>): number {
  if (control.kind === 'field' || control.kind === 'list') return lines.length * LINE + BOX + 4
  return control.kind === 'button' ? BOX : Math.max(lines.length * LINE, 20)
}

function frameOf(panel: Panel, y: number): Frame {
  const title = wrap(panel.crumbs.join(' › '), MAX_EMS)
  let below = y + (title.length === 0 ? 14 : title.length * LINE + 22)
  const placed = panel.controls.map((control) => {
    const indent = control.kind === 'check' || control.kind === 'radio' ? INDENT / FONT : 0
    const item = { control, lines: wrap(control.label, MAX_EMS - indent) }
    const top = below
    below += heightOf(item) + GAP
    return { ...item, y: top }
  })
  return { title, placed, y, height: below - y + 2 }
}

/** Our own drawing of an account dialog: one frame for each screen, made from the steps beside it. */
export function DialogDrawing({
  panels,
  title,
  language,
}: {
  panels: readonly Panel[]
  title: string
  language: Language
}) {
  const id = useId()
  const frames: Frame[] = []
  for (const panel of panels) {
    const last = frames.at(-1)
    frames.push(frameOf(panel, last === undefined ? 1 : last.y + last.height + GAP))
  }
  const last = frames.at(-1)
  if (last === undefined) return null
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      viewBox={`0 0 ${WIDTH} ${last.y + last.height + 1}`}
      className="h-auto w-full max-w-[22.5rem] break-inside-avoid"
      fontSize={FONT}
    >
      <title id={`${id}-title`}>{guideTexts[language].drawingTitle(title)}</title>
      <desc id={`${id}-desc`}>{panels.flatMap(({ controls }) => controls.map(spoken)).join(' / ')}</desc>
      {frames.map((frame) => (
        <FrameDrawing key={frame.y} frame={frame} />
      ))}
    </svg>
  )
}

function spoken(control: Control): string {
  if (control.kind === 'field' || control.kind === 'list') return `${control.label}: ${control.value}`
  if (control.kind === 'check') return `${control.on ? '☑' : '☐'} ${control.label}`
  return control.label
}

function FrameDrawing({ frame }: { frame: Frame }) {
  const bar = frame.title.length * LINE + 10
  return (
    <g>
      <rect
        x={1}
        y={frame.y}
        width={WIDTH - 2}
        height={frame.height}
        rx={8}
        className="fill-surface stroke-line-strong"
      />
      {frame.title.length > 0 ? (
        <>
          <path
            d={`M1 ${frame.y + bar}V${frame.y + 8}q0-8 8-8H${WIDTH - 9}q8 0 8 8V${frame.y + bar}Z`}
            className="fill-sunken stroke-line-strong"
          />
          <Lines lines={frame.title} x={MARGIN} y={frame.y + 6} className="fill-ink-muted" />
        </>
      ) : null}
      {frame.placed.map((item) => (
        <ControlDrawing key={item.y} {...item} />
      ))}
    </g>
  )
}

function Lines({ lines, x, y, className }: { lines: readonly string[]; x: number; y: number; className: string }) {
  return (
    <text x={x} y={y} className={className}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a label never move
        <tspan key={index} x={x} dy={index === 0 ? FONT : LINE}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

function ControlDrawing({ control, lines, y }: Placed) {
  const ink = 'isGeneric' in control && control.isGeneric ? 'fill-ink-muted' : 'fill-ink'
  switch (control.kind) {
    case 'field':
    case 'list':
      return <BoxDrawing control={control} lines={lines} y={y} ink={ink} />
    case 'check':
      return (
        <>
          <rect x={MARGIN} y={y} width={18} height={18} rx={3} className="fill-surface stroke-line-strong" />
          {control.on ? (
            <path d={`M${MARGIN + 4} ${y + 9}l4 4 7-8`} className="fill-none stroke-primary" strokeWidth={2.5} />
          ) : null}
          <Lines lines={lines} x={MARGIN + INDENT} y={y} className={ink} />
        </>
      )
    case 'radio':
      return (
        <>
          <circle cx={MARGIN + 9} cy={y + 9} r={9} className="fill-surface stroke-line-strong" />
          <circle cx={MARGIN + 9} cy={y + 9} r={5} className="fill-primary" />
          <Lines lines={lines} x={MARGIN + INDENT} y={y} className={ink} />
        </>
      )
    default:
      return (
        <>
          <rect x={MARGIN} y={y} width={120} height={BOX} rx={4} className="fill-sunken stroke-line-strong" />
          <text x={MARGIN + 60} y={y + 21} textAnchor="middle" className="fill-ink">
            {control.label}
          </text>
        </>
      )
  }
}

type BoxControl = Extract<Control, { kind: 'field' | 'list' }>

function BoxDrawing({ control, lines, y, ink }: Placed & { control: BoxControl; ink: string }) {
  const top = y + lines.length * LINE + 4
  return (
    <>
      <Lines lines={lines} x={MARGIN} y={y} className={ink} />
      <rect
        x={MARGIN}
        y={top}
        width={WIDTH - 2 * MARGIN}
        height={BOX}
        rx={4}
        strokeDasharray={control.isGeneric ? '4 3' : undefined}
        className="fill-primary-soft stroke-primary-line"
      />
      <text x={MARGIN + 10} y={top + 21} className="typed fill-primary font-700">
        {control.value}
      </text>
      {control.kind === 'list' ? (
        <path d={`M${WIDTH - MARGIN - 22} ${top + 13}l6 7 6-7`} className="fill-none stroke-primary" strokeWidth={2} />
      ) : null}
    </>
  )
}

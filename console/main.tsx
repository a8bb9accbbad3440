import { createRoot } from 'react-dom/client'
import '@mantine/core/styles.layer.css'
import './console.css'
import { Console } from './Console.tsx'
import { chooseLanguage, rememberedLanguage } from './i18n.ts'

const place = document.getElementById('console')
if (!place) throw new Error('index.html has no #console')

await chooseLanguage(rememberedLanguage())
createRoot(place).render(<Console />)

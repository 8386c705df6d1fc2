/* global d3, topojson */
/** The countries of the atlas, found by the names that GeoNames gives them. */

const ATLAS = "/static/vendor/countries-50m.json";

/** GeoNames' name to Natural Earth's short one, where they differ. */
const ALIASES = {
  "United States": "United States of America",
  "Democratic Republic of the Congo": "Dem. Rep. Congo",
  "DR Congo": "Dem. Rep. Congo",
  "Republic of the Congo": "Congo",
  "Central African Republic": "Central African Rep.",
  "South Sudan": "S. Sudan",
  "Equatorial Guinea": "Eq. Guinea",
  "Western Sahara": "W. Sahara",
  "Ivory Coast": "Côte d'Ivoire",
  "Cape Verde": "Cabo Verde",
  "Sao Tome and Principe": "São Tomé and Principe",
  Eswatini: "eSwatini",
  Swaziland: "eSwatini",
  "The Gambia": "Gambia",
  "Bosnia and Herzegovina": "Bosnia and Herz.",
  "North Macedonia": "Macedonia",
  "Czech Republic": "Czechia",
  "The Netherlands": "Netherlands",
  "Türkiye": "Turkey",
  "Northern Cyprus": "N. Cyprus",
  "Vatican City": "Vatican",
  "Faroe Islands": "Faeroe Is.",
  "Aland Islands": "Åland",
  "Dominican Republic": "Dominican Rep.",
  "The Bahamas": "Bahamas",
  "Antigua and Barbuda": "Antigua and Barb.",
  "Saint Kitts and Nevis": "St. Kitts and Nevis",
  "Saint Vincent and the Grenadines": "St. Vin. and Gren.",
  "Cayman Islands": "Cayman Is.",
  "Falkland Islands": "Falkland Is.",
  "Solomon Islands": "Solomon Is.",
  "Marshall Islands": "Marshall Is.",
  "Cook Islands": "Cook Is.",
  "Northern Mariana Islands": "N. Mariana Is.",
  "French Polynesia": "Fr. Polynesia",
  "East Timor": "Timor-Leste",
  "Timor Leste": "Timor-Leste",
  Burma: "Myanmar",
  Macau: "Macao",
  "Palestinian Territory": "Palestine",
  "Korea, North": "North Korea",
  "Korea, South": "South Korea",
};

let atlas = null;

function asAtlas(file) {
  const shapes = topojson.feature(file, file.objects.countries).features;
  return { shapes, byName: new Map(shapes.map((shape) => [shape.properties.name, shape])) };
}

/** Fetches the atlas once for the page. Throws when it cannot be had. */
export async function fetchAtlas() {
  if (atlas) return;
  const answer = await fetch(ATLAS);
  if (!answer.ok) throw new Error(ATLAS);
  atlas = asAtlas(await answer.json());
}

export function countries() {
  return atlas.shapes;
}

export function countryNamed(name) {
  return atlas.byName.get(ALIASES[name] ?? name) ?? null;
}

/** The middle of a country's largest piece of land: that of all of them may lie in the sea. */
export function middleOf({ geometry }) {
  const pieces = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const largest = d3.greatest(pieces, (coordinates) => d3.geoArea({ type: "Polygon", coordinates }));
  return d3.geoCentroid({ type: "Polygon", coordinates: largest });
}

import "./layers.css";
import "./tokens.css";
import "./font.css";
import "./base.css";
import "./buttons.css";
import "./inputs.css";
import "./tables.css";
